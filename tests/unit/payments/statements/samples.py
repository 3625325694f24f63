"""Statements as six banks print them; names and numbers are made up."""

VIETCOMBANK = """NGÂN HÀNG TMCP NGOẠI THƯƠNG VIỆT NAM,,,,,,
SAO KÊ TÀI KHOẢN / STATEMENT OF ACCOUNT,,,,,,
Số tài khoản/Account No:,1010000001,,,,,
Số dư đầu kỳ,,,,"1,000,000",,
STT,Ngày giao dịch/TNX Date,Số CT/Doc No,Số tiền ghi nợ/Debit,Số tiền ghi có/Credit,\
Số dư/Balance,Nội dung chi tiết/Transactions in detail
1,24/11/2026,5243.65937,,"130,000","1,130,000",MBVCB.4525077405.CPX7K3M9Q2 mua che.CT tu 0351000646393
2,24/11/2026,5243.65938,"30,000",,"1,100,000",Phi chuyen tien
3,25/11/2026,5243.65939,,"50,000","1,150,000",tien che
4,25/11/2026,5243.65940,,"50,000","1,200,000",tien che
Tổng số,,,"30,000","230,000",,
"""

TECHCOMBANK = """Ngày KH thực hiện/Requesting date;Ngày giao dịch/Transaction date;Số bút toán/Reference;\
Ngân hàng đối tác/Remitter's bank;\
Diễn giải/Description;Nợ/Debit;Có/Credit;Số dư/Running balance
25/11/2026;25/11/2026;FT26329000002\\BNK;MB;tien na;;70.000;1.200.000
24/11/2026;24/11/2026;FT26328000001\\BNK;VCB;CPX7K3M9Q2 mua che;;130.000;1.130.000
"""

BIDV = """STT\tNgày GD\tNgày HL\tMã GD\tPhát sinh nợ\tPhát sinh có\tSố dư\tSố chứng từ\tDiễn giải
1\t24/11/2026 09:15:20\t24/11/2026\t7701\t0\t130000.00\t1130000.00\t118\tREM CPX7K3M9Q2 mua che
2\t24/11/2026 10:00:00\t24/11/2026\t7702\t30000.00\t0\t1100000.00\t119\tPhi
Cộng phát sinh\t\t\t\t30000\t130000\t\t\t
"""

SIGNED = """Thời gian,Mô tả giao dịch,Số tiền,Số dư sau giao dịch
24/11/2026 09:15,CPX7K3M9Q2 mua che,"+130.000 VND","1.130.000"
24/11/2026 10:00,Phi,"-30.000 VND","1.100.000"
"""

WORDED = """Ngày,Loại GD,Số tiền,Nội dung
24-11-2026,Có,130000,CPX7K3M9Q2 mua che
24-11-2026,Nợ,30000,Phi
"""
ALL = {
    "vietcombank": VIETCOMBANK,
    "techcombank": TECHCOMBANK,
    "bidv": BIDV,
    "signed": SIGNED,
    "worded": WORDED,
}
